package tocsin.render;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one person is told by a mail that is no part of a list. */
public sealed interface MailNotice permits EndpointNotice, PersonalNotice {

  /** Language tag. */
  String locale();

  /** Its subject. */
  String heading(Brand brand, Words words);

  /** What its templates can show. */
  default Map<String, ?> model(Brand brand, Words words) {
    Map<String, Object> model = new HashMap<>(own(brand, words));
    model.put("brand", brand.name());
    model.put("postal", brand.postal());
    model.put("language", words.tag());
    model.put("direction", words.get("direction"));
    model.put("say", words.sayings(brand.name()));
    model.put("heading", heading(brand, words));
    return model;
  }

  /** What no other notice shows. */
  Map<String, ?> own(Brand brand, Words words);

  /** What mail providers count complaints by; unique to no mail. */
  List<String> counted();

  NoticeForm text();

  NoticeForm html();
}
