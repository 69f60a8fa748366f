package tocsin.delivery;

import org.roaringbitmap.IntIterator;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;
import tocsin.audience.Channel;
import tocsin.incident.Update;

/**
 * The ordered set of subscribers of one update on one channel in one class of priority, as it was
 * frozen. Never modified.
 *
 * @param priority 0 to 11, 0 goes first
 * @param members ascending subscriber ids; rank is the position among them
 */
public record FrozenAudience(
    int id, Update update, Channel channel, int priority, int chunkSize, RoaringBitmap members) {

  /** The members of one chunk, ascending. */
  public int[] chunk(int number) {
    int first = number * chunkSize;
    int size = Math.min(chunkSize, members.getCardinality() - first);
    int[] ids = new int[size];
    PeekableIntIterator iterator = members.getIntIterator();
    iterator.advanceIfNeeded(members.select(first));
    fill(ids, iterator);
    return ids;
  }

  private static void fill(int[] ids, IntIterator iterator) {
    for (int i = 0; i < ids.length; i++) {
      ids[i] = iterator.next();
    }
  }

  public int chunkOf(int subscriber) {
    return (members.rank(subscriber) - 1) / chunkSize;
  }
}
