package io.xiaoer.bot.faq;

import io.xiaoer.bot.words.Language;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.json.HalfCharacters;
import io.xiaoer.common.text.PlainText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a merchant hands in, checked: an entry without the parts that are made here.
///
/// @param enabled whether it answers; null leaves it as it is, and a new one answers
public record FaqDraft(
        String id,
        String question,
        List<String> similar,
        String answer,
        String locale,
        @Nullable Boolean enabled) {

    /// The most code points of a question, of an answer, and the most similar questions.
    static final int MAX_QUESTION = 500;

    static final int MAX_ANSWER = 5000;
    static final int MAX_SIMILAR = 200;

    /// No further similar question is looked at once so many faults are found.
    private static final int MOST_FAULTS = 20;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._~-]{1,64}");
    private static final Pattern LOCALE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}");

    /// Checks what was handed in.
    ///
    /// @param id null or blank: made from the question and the language, so that the same import twice changes
    ///     nothing
    /// @throws InvalidFaq naming every field at fault
    static FaqDraft of(
            @Nullable String id,
            @Nullable String question,
            @Nullable List<? extends @Nullable String> similar,
            @Nullable String answer,
            @Nullable String locale)
            throws InvalidFaq {
        return of(id, question, similar, answer, locale, null);
    }

    /// Checks what was handed in, with whether it answers.
    ///
    /// @throws InvalidFaq naming every field at fault
    static FaqDraft of(
            @Nullable String id,
            @Nullable String question,
            @Nullable List<? extends @Nullable String> similar,
            @Nullable String answer,
            @Nullable String locale,
            @Nullable Boolean enabled)
            throws InvalidFaq {
        var faults = new ArrayList<InvalidFaq.Fault>();
        String asked = text("question", question, MAX_QUESTION, faults);
        String told = text("answer", answer, MAX_ANSWER, faults);
        var others = new LinkedHashSet<String>();
        for (@Nullable String each : similar == null ? List.<@Nullable String>of() : similar) {
            others.add(text("similar", each, MAX_QUESTION, faults));
            if (faults.size() >= MOST_FAULTS) {
                break;
            }
        }
        if (others.size() > MAX_SIMILAR) {
            faults.add(new InvalidFaq.Fault("similar", "must have at most " + MAX_SIMILAR + " items"));
        }
        String tag = locale == null || locale.isBlank()
                ? Language.of(asked, Language.ZH).tag()
                : locale.strip();
        if (!LOCALE.matcher(tag).matches()) {
            faults.add(new InvalidFaq.Fault("locale", "must be a language tag such as zh or en-US"));
        }
        String name = id == null || id.isBlank() ? idOf(asked, tag) : id.strip();
        if (!ID.matcher(name).matches()) {
            faults.add(new InvalidFaq.Fault("id", "must be 1 to 64 of A-Z a-z 0-9 . _ ~ -"));
        }
        if (!faults.isEmpty()) {
            throw new InvalidFaq(faults);
        }
        others.remove(asked);
        return new FaqDraft(name, asked, List.copyOf(others), told, tag, enabled);
    }

    /// An id as it stands in a line that is no entry otherwise; null if there is none that may be.
    static @Nullable String named(@Nullable String id) {
        return id == null || !ID.matcher(id.strip()).matches() ? null : id.strip();
    }

    private static String text(String field, @Nullable String value, int limit, List<InvalidFaq.Fault> faults) {
        String text = value == null ? "" : value.strip();
        if (text.isEmpty()) {
            faults.add(new InvalidFaq.Fault(field, "must not be empty"));
        } else if (text.codePointCount(0, text.length()) > limit) {
            faults.add(new InvalidFaq.Fault(field, "must have at most " + limit + " characters"));
        } else if (HalfCharacters.in(text)) {
            faults.add(new InvalidFaq.Fault(field, "must be whole Unicode characters"));
        }
        return text;
    }

    private static String idOf(String question, String locale) {
        return "q-"
                + digest(Language.ofTag(locale).tag() + '\n' + PlainText.of(question))
                        .substring(0, 20);
    }

    /// A digest of a text, in hex.
    static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A key for the cache of a shop's answers.
    static String cacheKey(ShopId shop, String content) {
        return "faq:" + shop + ':' + digest(content).substring(0, 32);
    }
}
