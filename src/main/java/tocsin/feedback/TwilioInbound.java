package tocsin.feedback;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where Twilio passes on what people text to our numbers: {@code POST /hooks/twilio/inbound}. STOP
 * and START are obeyed; nothing is ever answered in words, since Twilio or the carrier does.
 */
public final class TwilioInbound {
  private static final Logger log = LoggerFactory.getLogger(TwilioInbound.class);
  private static final String PATH = "/hooks/twilio/inbound";
  private static final String NOTHING_TO_SAY = "<Response/>";

  private final TwilioHook hook;
  private final OptOuts optOuts;

  public TwilioInbound(TwilioHook hook, OptOuts optOuts) {
    this.hook = hook;
    this.optOuts = optOuts;
  }

  public void mount(Router router) {
    hook.mount(router, PATH, this::receive);
  }

  private void receive(RoutingContext context, MultiMap form) {
    obey(form)
        .onSuccess(
            done -> context.response().putHeader("Content-Type", "text/xml").end(NOTHING_TO_SAY))
        .onFailure(context::fail);
  }

  private Future<Void> obey(MultiMap form) {
    String sid = field(form, "MessageSid");
    ReplyWord word =
        sid.isEmpty()
            ? null
            : ReplyWord.of(field(form, "OptOutType"), field(form, "Body")).orElse(null);
    if (word == null || word == ReplyWord.HELP) {
      return Future.succeededFuture();
    }
    return optOuts
        .obey(word, sid, field(form, "From"))
        .onSuccess(changed -> log.info("sms.reply word={} changed={}", word, changed))
        .mapEmpty();
  }

  private static String field(MultiMap form, String name) {
    return Objects.requireNonNullElse(form.get(name), "");
  }
}
