namespace Cem.Contracts; static class Placeholder;
