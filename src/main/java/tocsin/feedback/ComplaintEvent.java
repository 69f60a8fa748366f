package tocsin.feedback;

/**
 * Somebody reported a mail of ours as unwanted.
 *
 * @param audience of which update; 0 where the report does not say
 * @param type as the provider calls it
 * @param proof what shows it, at most 4,000 characters
 */
public record ComplaintEvent(
    int subscriber, int audience, String type, String proof, MailSource source) {
  private static final int LONGEST_TYPE = 40;
  private static final int LONGEST_PROOF = 4_000;

  public ComplaintEvent {
    type = bounded(type.isBlank() ? "other" : type, LONGEST_TYPE);
    proof = bounded(proof, LONGEST_PROOF);
  }

  private static String bounded(String text, int longest) {
    String clean = text.replace('\0', ' ').strip();
    return clean.length() > longest ? clean.substring(0, longest) : clean;
  }
}
