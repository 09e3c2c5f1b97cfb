namespace Client;

public static class Asker
{
}
