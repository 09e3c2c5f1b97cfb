namespace Tides;

public static class Table
{
    public static string Next() => "high water at noon";
}
