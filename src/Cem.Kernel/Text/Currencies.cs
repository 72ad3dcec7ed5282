namespace Cem.Kernel.Text;

/// <summary>ISO 4217: how many decimals a currency has and how it is written before an amount.</summary>
static class Currencies
{
    /// <summary>Minor units in one unit of the currency.</summary>
    public static decimal Scale(string currency) => Digits(currency) switch { 0 => 1m, 3 => 1000m, _ => 100m };

    /// <summary>Decimals of the currency; two where the list knows no better.</summary>
    public static int Digits(string currency) => currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "VND" or "VUV"
            or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        _ => 2
    };

    /// <summary>The sign a reader knows, told apart where two currencies share one; else the code and a narrow space.</summary>
    public static string Symbol(string currency, bool zh) => (currency, zh) switch
    {
        ("CNY", true) => "¥",
        ("CNY", false) => "CN¥",
        ("USD", true) => "US$",
        ("USD", false) => "$",
        ("EUR", _) => "€",
        ("GBP", _) => "£",
        ("JPY", _) => "JP¥",
        ("HKD", _) => "HK$",
        _ => currency + "\u202f"
    };
}
