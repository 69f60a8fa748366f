package tocsin.render;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Octets with slots in them.
 *
 * @param literals what stands before, between and behind the slots; one more than these
 */
record Slotted(List<byte[]> literals, List<Slot> slots) {
  Slotted {
    literals = List.copyOf(literals);
    slots = List.copyOf(slots);
  }

  /**
   * @param text octets as ISO-8859-1, each slot as its {@link Slot#sign}
   */
  static Slotted of(String text) {
    List<byte[]> literals = new ArrayList<>();
    List<Slot> slots = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      if (Slot.isSign(text.charAt(i))) {
        literals.add(octets(text.substring(from, i)));
        slots.add(Slot.signed(text.charAt(i)));
        from = i + 1;
      }
    }
    literals.add(octets(text.substring(from)));
    return new Slotted(literals, slots);
  }

  /** Without what goes into the slots. */
  int size() {
    return literals.stream().mapToInt(piece -> piece.length).sum();
  }

  boolean isAscii() {
    return literals.stream().allMatch(WireLines::isAscii);
  }

  /** Those of the wanted ones that there are not. */
  Set<Slot> missing(Set<Slot> wanted) {
    Set<Slot> missing = EnumSet.copyOf(wanted);
    slots.forEach(missing::remove);
    return missing;
  }

  void fill(SlotContents contents, Consumer<byte[]> taker) {
    for (int i = 0; i < slots.size(); i++) {
      taker.accept(literals.get(i));
      taker.accept(contents.of(slots.get(i)));
    }
    taker.accept(literals.getLast());
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
