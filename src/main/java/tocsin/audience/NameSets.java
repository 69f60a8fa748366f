package tocsin.audience;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Of one dimension: who named which name, and who named none and so means all. */
final class NameSets {
  private static final RoaringBitmap NOBODY = new RoaringBitmap();

  private final Map<String, RoaringBitmap> byName;
  private final RoaringBitmap all;

  NameSets() {
    this(new HashMap<>(), new RoaringBitmap());
  }

  private NameSets(Map<String, RoaringBitmap> byName, RoaringBitmap all) {
    this.byName = byName;
    this.all = all;
  }

  NameSets copy() {
    var copies = new HashMap<String, RoaringBitmap>();
    byName.forEach((name, ids) -> copies.put(name, ids.clone()));
    return new NameSets(copies, all.clone());
  }

  void add(int id, @Nullable Set<String> names) {
    if (names == null) {
      all.add(id);
      return;
    }
    for (String name : names) {
      byName.computeIfAbsent(name, first -> new RoaringBitmap()).add(id);
    }
  }

  void removeAll(RoaringBitmap ids) {
    all.andNot(ids);
    byName.values().forEach(set -> set.andNot(ids));
    byName.values().removeIf(RoaringBitmap::isEmpty);
  }

  /** Keeps, of some ids, those who agree with the name. */
  void retain(RoaringBitmap ids, @Nullable String name) {
    if (name != null) {
      ids.and(RoaringBitmap.or(all, byName.getOrDefault(name, NOBODY)));
    }
  }
}
