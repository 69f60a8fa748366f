package tocsin.feedback;

import java.net.URI;

/**
 * What is answered to a word for help that Twilio does not know, as TwiML.
 *
 * @param brand who speaks
 */
public record HelpText(String brand, URI publicUrl) {

  String xml() {
    return "<Response><Message>"
        + escaped(
            "%s: Meldungen zu Störungen. Mehr: %s Anzahl je nach Lage, ggf. Kosten Ihres Anbieters. STOP beendet."
                .formatted(brand, publicUrl))
        + "</Message></Response>";
  }

  private static String escaped(String text) {
    return text.replaceAll("\\p{Cntrl}", " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }
}
