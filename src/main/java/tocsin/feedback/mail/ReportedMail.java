package tocsin.feedback.mail;

import java.util.List;

/**
 * What a complaint shows of the mail that it is about.
 *
 * @param returnPaths addresses that the mail may have been sent from
 * @param unsubscribe its List-Unsubscribe, or empty
 * @param proof the fields of the report and of the mail, as they were written, at most 4,000
 *     characters
 */
public record ReportedMail(List<String> returnPaths, String unsubscribe, String proof) {
  private static final int LONGEST_PROOF = 4_000;

  public ReportedMail {
    returnPaths = List.copyOf(returnPaths);
    proof = proof.length() > LONGEST_PROOF ? proof.substring(0, LONGEST_PROOF) : proof;
  }
}
