package tocsin.limit;

/**
 * What a node asks of one limit that all nodes share.
 *
 * @param spacing for the largest message that this node knows of
 * @param least slots that are of use only together
 * @param most slots to be had at once, at least the least
 */
public record Want(String key, Spacing spacing, int least, int most) {

  Want larger(Want later) {
    return spacing.equals(later.spacing) && least >= later.least
        ? new Want(key, spacing, least, Math.max(most, later.most))
        : later;
  }
}
