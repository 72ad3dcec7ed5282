using System.IO.Compression;

namespace Cem.Kernel.Text;

/// <summary>
/// Unpacks gzip as it is read, within bounds: what grows beyond them is a bomb and is refused, however small it came; so is
/// what breaks off before its end, which the framework would take for the end.
/// </summary>
/// <param name="packed">Counts what is read of it in <see cref="PackedBytes"/>.</param>
/// <param name="most">The most bytes it may unpack to.</param>
public sealed class BoundedGzipStream(Stream packed, long most) : Stream
{
    /// <summary>How many times its size a file may unpack to, once it is beyond <see cref="Unsuspicious"/>; tables reach 50 at most.</summary>
    public const int HighestRatio = 200;

    const long Unsuspicious = 16 * 1024 * 1024;

    readonly CountedStream counted = new(packed);
    GZipStream? inner;
    long unpacked;
    bool ended;

    public long PackedBytes => counted.BytesRead;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await Inner.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Count(Inner.Read(buffer, offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner?.Dispose();
        base.Dispose(disposing);
    }

    GZipStream Inner => inner ??= new GZipStream(counted, CompressionMode.Decompress);

    int Count(int read)
    {
        if (read == 0 && counted.BytesRead > 0 && !ended)
            CheckEnd();
        unpacked += read;
        if (unpacked > most || unpacked > Unsuspicious && unpacked > HighestRatio * counted.BytesRead)
            throw new InvalidDataException("The compressed file unpacks to more than it may.");
        return read;
    }

    /// <summary>The last four bytes of a file say how long it was.</summary>
    void CheckEnd()
    {
        ended = true;
        if (counted.LastFour != (uint)unpacked)
            throw new InvalidDataException("The compressed file is damaged, or breaks off before its end.");
    }
}

/// <summary>Counts the bytes that are read of a stream, for saying how far a file has come.</summary>
public sealed class CountedStream(Stream inner) : Stream
{
    public long BytesRead { get; private set; }

    /// <summary>The last four bytes that were read, the last of them highest.</summary>
    public uint LastFour { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => BytesRead;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Note(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = inner.Read(buffer, offset, count);
        Note(buffer.AsSpan(offset, read));
        return read;
    }

    void Note(ReadOnlySpan<byte> read)
    {
        BytesRead += read.Length;
        foreach (var each in read[^Math.Min(4, read.Length)..])
            LastFour = LastFour >> 8 | (uint)each << 24;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
