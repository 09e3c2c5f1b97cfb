using Microsoft.EntityFrameworkCore;
using Shop.Core;

namespace Shop.Data;

public class Shelf(DbContextOptions<Shelf> options) : DbContext(options)
{
    public DbSet<Bread> Breads => Set<Bread>();
}
