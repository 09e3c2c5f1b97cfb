Console.WriteLine("reads the price list");
