package tocsin.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.roaringbitmap.RoaringBitmap;
import tocsin.audience.Channel;
import tocsin.audience.Recipient;
import tocsin.audience.Recipients;
import tocsin.incident.Update;
import tocsin.render.PreparedSms;

/** How many segments the SMS of an update have on average, by a sample of its recipients. */
final class Segments {
  private static final int SAMPLE = 300;
  private static final int MOST = 1_000;

  private final Recipients recipients;
  private final Preparation preparation;
  private final Cache<Integer, Double> known = Caffeine.newBuilder().maximumSize(MOST).build();

  Segments(Recipients recipients, Preparation preparation) {
    this.recipients = recipients;
    this.preparation = preparation;
  }

  /** The same for all audiences of an update. */
  Future<Double> average(Update update, RoaringBitmap members) {
    Double before = known.getIfPresent(update.id());
    if (before != null) {
      return Future.succeededFuture(before);
    }
    return recipients
        .load(sample(members))
        .compose(found -> average(update, found))
        .onSuccess(average -> known.put(update.id(), average));
  }

  private static int[] sample(RoaringBitmap members) {
    int size = members.getCardinality();
    int count = Math.min(SAMPLE, size);
    return IntStream.range(0, count)
        .map(i -> members.select((int) ((long) i * size / count)))
        .toArray();
  }

  private Future<Double> average(Update update, List<Recipient> sample) {
    Map<String, Integer> byLocale = new TreeMap<>();
    sample.forEach(recipient -> byLocale.merge(recipient.locale(), 1, Integer::sum));
    List<Future<Integer>> sums = new ArrayList<>();
    byLocale.forEach((locale, n) ->
        sums.add(
            preparation
                .sample(update, Channel.SMS, locale)
                .map(text -> text instanceof PreparedSms sms ? sms.segments() * n : n)));
    return Future.all(sums)
        .map(all ->
            sample.isEmpty()
                ? 1.0
                : sums.stream().mapToInt(Future::result).sum() / (double) sample.size());
  }
}
