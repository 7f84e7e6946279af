package io.xiaoer.common.rest;

import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

/// Bodies that are text.
public final class BodyText {

    private BodyText() {}

    /// The text of a body in the charset that it is declared to be in, without the mark that some editors begin a file
    /// with.
    ///
    /// @throws ProblemException `malformed` if it is not in that charset
    public static String of(byte[] body, Charset declared) {
        try {
            String text = declared.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new ProblemException(ProblemCode.MALFORMED, "The body is not in the charset " + declared, e);
        }
    }
}
