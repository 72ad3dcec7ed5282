// Small houses with faults, on which the rules prove that they bite.
#pragma warning disable IDE0130 // the namespaces are the specimens

namespace Cem.Tests.House.Specimens.Axis
{
    static class Tool
    {
        public static int Turn(int by) => by + 1;
    }
}

namespace Cem.Tests.House.Specimens.Features.Near
{
    static class Shared
    {
        public const string Name = "of the area";
    }
}

namespace Cem.Tests.House.Specimens.Features.Near.PeepAcross
{
    static class Handler
    {
        public static object Handle() => new List<Far.KeepToItself.Secret>();
    }
}

namespace Cem.Tests.House.Specimens.Features.Near.MindItsOwn
{
    static class Handler
    {
        public static int Handle() => Axis.Tool.Turn(Shared.Name.Length);
    }

    static class Sql
    {
        public const string Own = "SELECT id FROM near_things JOIN far_v_things ON true";
    }
}

namespace Cem.Tests.House.Specimens.Features.Far.KeepToItself
{
    sealed class Secret
    {
        public static int Turned() => Axis.Tool.Turn(1);
    }

    static class Sql
    {
        public const string Foreign = "INSERT INTO near_things (id) SELECT id FROM far_things";
    }
}
