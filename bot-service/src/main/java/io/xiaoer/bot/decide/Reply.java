package io.xiaoer.bot.decide;

import io.xiaoer.common.log.Append;
import io.xiaoer.common.message.Content;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One answer before it is stored.
///
/// @param confidence 0 to 1
/// @param origin the FAQ entry, flow or model that it is from
/// @param dialog how the running dialog moves when the answer is stored, null leaves it
/// @param cited the FAQ entries that an answer of another source stands on, the best first
public record Reply(
        Content content,
        Source source,
        double confidence,
        @Nullable String origin,
        Append.@Nullable DialogMove dialog,
        List<String> cited) {

    public Reply {
        cited = List.copyOf(cited);
    }

    /// An answer that cites nothing.
    public Reply(
            Content content,
            Source source,
            double confidence,
            @Nullable String origin,
            Append.@Nullable DialogMove dialog) {
        this(content, source, confidence, origin, dialog, List.of());
    }

    /// An answer that moves no dialog.
    public static Reply of(Content content, Source source, double confidence, @Nullable String origin) {
        return new Reply(content, source, confidence, origin, null);
    }

    /// The answer with other content.
    public Reply with(Content other) {
        return new Reply(other, source, confidence, origin, dialog, cited);
    }
}
