namespace Cem.Kernel; static class Placeholder;
