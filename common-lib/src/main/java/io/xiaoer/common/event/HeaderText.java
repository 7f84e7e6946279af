package io.xiaoer.common.event;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The value of a record's header as text that can be kept and sent again byte for byte: UTF-8 as it is, anything else
/// as base64 behind a mark that no text of ours begins with.
public final class HeaderText {

    private static final String MARK = "\0base64:";

    private HeaderText() {}

    public static String of(byte[] value) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
            return text.startsWith("\0") ? encoded(value) : text;
        } catch (CharacterCodingException binary) {
            return encoded(value);
        }
    }

    /// The bytes of which [#of] made the text.
    public static byte[] bytes(String text) {
        return text.startsWith(MARK)
                ? Base64.getDecoder().decode(text.substring(MARK.length()))
                : text.getBytes(StandardCharsets.UTF_8);
    }

    /// The text as people may see it.
    public static String shown(String text) {
        return text.startsWith(MARK) ? text.substring(1) : text;
    }

    private static String encoded(byte[] value) {
        return MARK + Base64.getEncoder().encodeToString(value);
    }
}
