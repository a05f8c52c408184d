final class Probe {}
