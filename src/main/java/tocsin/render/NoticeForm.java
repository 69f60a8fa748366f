package tocsin.render;

import java.util.List;
import tocsin.selfservice.NoticeKind;

/** The templates of what is no update. */
enum NoticeForm {
  /** To the owner of an endpoint that was given up. */
  ENDPOINT_HTML(Form.EMAIL_HTML, "endpoint"),
  ENDPOINT_TEXT(Form.EMAIL_TEXT, "endpoint"),
  NOTICE_HTML(Form.EMAIL_HTML, "notice"),
  NOTICE_TEXT(Form.EMAIL_TEXT, "notice"),
  CODE(Form.SMS, NoticeKind.CODE.word()),
  KNOWN(Form.SMS, NoticeKind.KNOWN.word()),
  WELCOME(Form.SMS, NoticeKind.WELCOME.word());

  private final Form form;
  private final String stem;

  NoticeForm(Form form, String stem) {
    this.form = form;
    this.stem = stem;
  }

  Form form() {
    return form;
  }

  String file() {
    return form.file(stem);
  }

  /** What it is for, of what one person is told. */
  List<NoticeKind> kinds() {
    return switch (this) {
      case ENDPOINT_HTML, ENDPOINT_TEXT -> List.of();
      case NOTICE_HTML, NOTICE_TEXT ->
          List.of(NoticeKind.CONFIRM, NoticeKind.KNOWN, NoticeKind.LEAVE);
      case CODE -> List.of(NoticeKind.CODE);
      case KNOWN -> List.of(NoticeKind.KNOWN);
      case WELCOME -> List.of(NoticeKind.WELCOME);
    };
  }

  boolean isOfAnEndpoint() {
    return this == ENDPOINT_HTML || this == ENDPOINT_TEXT;
  }
}
