package tocsin.audience;

import java.util.List;

/**
 * What became of the lines of an import; the five counts add up to the lines that were not blank.
 *
 * @param imported new, or back after the operator had deleted them
 * @param updated known, and changed by the line or repeated in the file
 * @param unchanged known, and just as the line says
 * @param left unsubscribed by themselves, and kept so
 * @param rejected the first of the rejected lines, in order, at most {@link #DETAILED}
 */
public record ImportReport(
    long imported,
    long updated,
    long unchanged,
    long left,
    long rejectedTotal,
    List<RejectedLine> rejected) {

  /** How many rejected lines are told one by one; more are only counted. */
  public static final int DETAILED = 10_000;

  public ImportReport {
    rejected = List.copyOf(rejected);
  }
}
