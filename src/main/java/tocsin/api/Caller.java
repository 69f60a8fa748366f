package tocsin.api;

/** Who calls: the name of the key, by which repeats are known, and its role. */
public record Caller(String name, Role role) {}
