package tocsin.render;

import java.util.List;
import java.util.Map;

/** What one person is told by a mail that is no part of a list. */
public sealed interface MailNotice permits EndpointNotice, PersonalNotice {

  /** Language tag. */
  String locale();

  /** Its subject. */
  String heading(Brand brand, Words words);

  Map<String, ?> model(Brand brand, Words words);

  /** What mail providers count complaints by; unique to no mail. */
  List<String> counted();

  NoticeForm text();

  NoticeForm html();
}
