package io.xiaoer.common.words;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Traditional Chinese characters and the simplified ones that they are read as, character by character.
public final class Simplified {

    private static final int CHARS = 1 << 16;
    private static final char[] SIMPLE = new char[CHARS];

    static {
        for (int c = 0; c < CHARS; c++) {
            SIMPLE[c] = (char) c;
        }
        for (String pair : pairs().split("\\s+")) {
            SIMPLE[pair.charAt(0)] = pair.charAt(1);
        }
    }

    private Simplified() {}

    /// The simplified form of a character; any other stays as it is.
    public static char of(char c) {
        return SIMPLE[c];
    }

    /// The text with simplified characters, as long as it was.
    public static String of(String text) {
        int at = 0;
        while (at < text.length() && SIMPLE[text.charAt(at)] == text.charAt(at)) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        var simple = new StringBuilder(text);
        for (; at < text.length(); at++) {
            simple.setCharAt(at, SIMPLE[text.charAt(at)]);
        }
        return simple.toString();
    }

    private static String pairs() {
        try (InputStream in = Simplified.class.getResourceAsStream("/words/simplified.txt")) {
            if (in == null) {
                throw new IllegalStateException("words/simplified.txt is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
