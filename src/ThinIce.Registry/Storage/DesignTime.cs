using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace ThinIce.Registry.Storage;

/// <summary>For dotnet-ef, which writes migrations out of the model.</summary>
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteRegistryContext>
{
    public SqliteRegistryContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteRegistryContext>().UseSqlite("Data Source=:memory:").Options);
}

/// <inheritdoc cref="SqliteDesign"/>
internal sealed class PostgreSqlDesign : IDesignTimeDbContextFactory<PostgreSqlRegistryContext>
{
    public PostgreSqlRegistryContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgreSqlRegistryContext>().UseNpgsql("Host=nowhere").Options);
}
