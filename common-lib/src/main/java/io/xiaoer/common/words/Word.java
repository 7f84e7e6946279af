package io.xiaoer.common.words;

/// One entry of a list.
///
/// @param category by its number, [#ALLOWED] for what is not meant though a word stands in it
/// @param pattern its folded form, see [Folding#pattern]
/// @param account what must stand behind it
record Word(int category, String pattern, Account account) {

    static final int ALLOWED = -1;

    /// What makes a word one that passes an account on.
    enum Account {
        /// It means something by itself.
        NONE,
        /// At least five letters and digits behind it, one of them a digit.
        ANY,
        /// Behind it a name that begins with a letter and holds a digit, at least six characters.
        HANDLE
    }

    private static final String ANY = " <id>";
    private static final String HANDLE = " <handle>";

    /// Reads an entry of the built-in list.
    static Word of(int category, String entry) {
        if (entry.endsWith(ANY)) {
            return new Word(category, Folding.pattern(entry.substring(0, entry.length() - ANY.length())), Account.ANY);
        }
        return entry.endsWith(HANDLE)
                ? new Word(
                        category, Folding.pattern(entry.substring(0, entry.length() - HANDLE.length())), Account.HANDLE)
                : plain(category, entry);
    }

    /// A word of a shop.
    static Word plain(int category, String word) {
        return new Word(category, Folding.pattern(word), Account.NONE);
    }

    boolean isAllowed() {
        return category == ALLOWED;
    }
}
