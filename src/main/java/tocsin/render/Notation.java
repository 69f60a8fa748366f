package tocsin.render;

/** How some reader writes what Markdown says; "written" is in this notation already, else plain. */
interface Notation {
  /** Words that are to be shown as they are, whatever they hold. */
  String text(String plain);

  String strong(String written);

  String emphasis(String written);

  String code(String plain);

  String codeBlock(String plain);

  String quote(String written);

  /** The words alone where the target is none that may be followed. */
  String link(String written, String target);

  /** What stands before an item of a list without numbers. */
  String bullet();
}
