public class HomeTests
{
    [Xunit.Fact]
    public void Greets() => Xunit.Assert.True(true);
}
