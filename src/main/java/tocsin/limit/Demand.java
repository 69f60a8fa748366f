package tocsin.limit;

/** What one send asks of one limit. */
public record Demand(String key, int permits) {}
