Imports System.Globalization

Module Program
    Sub Main()
        Dim zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")
        Console.WriteLine(TimeZoneInfo.ConvertTime(DateTime.UtcNow, zone).ToString(New CultureInfo("de-DE")))
    End Sub
End Module
