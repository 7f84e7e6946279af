package io.xiaoer.common.json;

/// Halves of surrogate pairs, which JSON can tell and no encoding can carry: what has one would be stored as something
/// else than was sent.
public final class HalfCharacters {

    private HalfCharacters() {}

    /// Whether a text has one.
    public static boolean in(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
