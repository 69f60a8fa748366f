package tocsin.render;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;

/** What a template makes; each has a folder, an ending and its own way of escaping. */
enum Form {
  EMAIL_HTML("email", "html"),
  EMAIL_TEXT("email", "txt"),
  SMS("sms", "txt"),
  WEBHOOK("webhook", "json");

  private final String folder;
  private final String ending;

  Form(String folder, String ending) {
    this.folder = folder;
    this.ending = ending;
  }

  String file(String stem) {
    return folder + "/" + stem + "." + ending;
  }

  Mustache.Escaper escaper() {
    return switch (this) {
      case EMAIL_HTML -> Escapers.HTML;
      case EMAIL_TEXT, SMS -> Escapers.NONE;
      case WEBHOOK -> JsonText::escaped;
    };
  }

  /** Whether that value is safe without escaping, in three braces. */
  boolean takesRaw(String name) {
    return switch (this) {
      case EMAIL_HTML -> name.equals("body");
      case EMAIL_TEXT, SMS -> true;
      case WEBHOOK -> false;
    };
  }
}
