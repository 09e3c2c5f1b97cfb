namespace Shop.Core;

public record Bread(string Name, decimal Price);
