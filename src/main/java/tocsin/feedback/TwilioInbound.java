package tocsin.feedback;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.selfservice.OptInAnswers;

/**
 * Where Twilio passes on what people text to our numbers: {@code POST /hooks/twilio/inbound}. STOP
 * and START are obeyed, YES confirms an opt-in if there is one, and Twilio or the carrier answers;
 * only a word for help that neither knows is answered here.
 */
public final class TwilioInbound {
  private static final Logger log = LoggerFactory.getLogger(TwilioInbound.class);
  private static final String PATH = "/hooks/twilio/inbound";
  private static final Pattern SID = Pattern.compile("\\p{Graph}{1,64}");
  private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{3,15}");
  private static final String NOTHING_TO_SAY = "<Response/>";

  private final TwilioHook hook;
  private final OptOuts optOuts;
  private final OptInAnswers optIns;
  private final HelpText help;

  public TwilioInbound(TwilioHook hook, OptOuts optOuts, OptInAnswers optIns, HelpText help) {
    this.hook = hook;
    this.optOuts = optOuts;
    this.optIns = optIns;
    this.help = help;
  }

  public void mount(Router router) {
    hook.mount(router, PATH, this::receive);
  }

  private void receive(RoutingContext context, MultiMap form) {
    answer(form)
        .onSuccess(xml -> context.response().putHeader("Content-Type", "text/xml").end(xml))
        .onFailure(context::fail);
  }

  private Future<String> answer(MultiMap form) {
    String sid = field(form, "MessageSid");
    String number = field(form, "From");
    if (!SID.matcher(sid).matches() || !NUMBER.matcher(number).matches()) {
      return Future.succeededFuture(NOTHING_TO_SAY);
    }
    String body = field(form, "Body");
    Future<Boolean> agreed =
        ReplyWord.agrees(body) ? optIns.agree(number, sid) : Future.succeededFuture(false);
    return agreed.compose(confirmed ->
        confirmed
            ? Future.succeededFuture(NOTHING_TO_SAY)
            : obey(field(form, "OptOutType"), body, sid, number));
  }

  private Future<String> obey(String optOutType, String body, String sid, String number) {
    return ReplyWord.of(optOutType, body)
        .map(word ->
            switch (word) {
              case STOP, START -> obey(word, sid, number);
              case HELP -> Future.succeededFuture(NOTHING_TO_SAY);
              case HILFE -> Future.succeededFuture(help.xml());
            })
        .orElseGet(() -> Future.succeededFuture(NOTHING_TO_SAY));
  }

  private Future<String> obey(ReplyWord word, String sid, String number) {
    return optOuts
        .obey(word, sid, number)
        .onSuccess(changed -> log.info("sms.reply word={} changed={}", word, changed))
        .map(changed -> NOTHING_TO_SAY);
  }

  private static String field(MultiMap form, String name) {
    return Objects.requireNonNullElse(form.get(name), "");
  }
}
