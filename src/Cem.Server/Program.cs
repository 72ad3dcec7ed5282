Console.WriteLine("cem");
