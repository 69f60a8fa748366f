package tocsin.render;

/** Where one recipient's own links lead: out, and to what they want to hear of. */
record PersonalLinks(String unsubscribe, String preferences) {

  static PersonalLinks of(Brand brand, String unsubscribeToken, String preferencesToken) {
    return new PersonalLinks(
        brand.unsubscribe(unsubscribeToken), brand.preferences(preferencesToken));
  }
}
