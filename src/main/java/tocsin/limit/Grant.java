package tocsin.limit;

/**
 * What came of a want. Times are the database's, in nanoseconds since 1970.
 *
 * @param largest the largest message that any node knows of
 * @param count slots from that time on, one interval apart; 0 if none lies near enough
 * @param at the time of the first slot, or of the next one to be had
 * @param now when the database decided
 */
public record Grant(Want want, int largest, int count, long at, long now) {}
