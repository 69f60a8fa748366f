package tocsin.render;

import java.nio.charset.StandardCharsets;

/** What goes into the slots of one recipient's mail, as octets. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SlotContents(
    byte[] recipient,
    byte[] messageId,
    byte[] subscriber,
    byte[] date,
    byte[] unsubscribe,
    byte[] preferences) {

  byte[] of(Slot slot) {
    return switch (slot) {
      case RECIPIENT -> recipient;
      case MESSAGE_ID -> messageId;
      case SUBSCRIBER -> subscriber;
      case DATE -> date;
      case UNSUBSCRIBE -> unsubscribe;
      case PREFERENCES -> preferences;
    };
  }

  static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
