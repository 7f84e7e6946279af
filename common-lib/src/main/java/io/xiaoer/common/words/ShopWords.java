package io.xiaoer.common.words;

import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.event.ShopSettings;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.message.Content;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;

/// The sensitive words of every shop, as far as its settings were heard of; the built-in ones hold for all others. The
/// words of a shop are built when its settings come, on the thread that brings them, and then exchanged: who looks at a
/// text never waits.
public final class ShopWords {

    /// Built when this is made, not when the first text comes.
    private final WordList builtIn = WordList.BUILT_IN;

    private final ConcurrentMap<ShopId, WordList> lists = new ConcurrentHashMap<>();
    private final WordMeters meters;

    public ShopWords(MeterRegistry registry) {
        meters = new WordMeters(registry);
    }

    /// Takes the settings of a shop; older ones than are known change nothing.
    public void learn(ShopSettings settings) {
        lists.compute(
                settings.shop(),
                (shop, known) -> known != null && known.version() >= settings.version()
                        ? known
                        : new WordList(settings.version(), settings.sensitiveWords()));
    }

    /// What words make of what somebody says.
    ///
    /// @param content with the words masked that are to be
    /// @param flags the categories that agents are told of
    /// @param refused whether it is not to be taken
    public record Verdict(Content content, List<String> flags, boolean refused) {}

    /// Looks over what somebody says.
    ///
    /// @return null if no sensitive word is in it; of plain text that costs no allocation
    public @Nullable Verdict check(ShopId shop, Content content) {
        var words = of(shop);
        if (content instanceof Content.Text(var text)) {
            var findings = words.look(text);
            return findings == null
                    ? null
                    : verdict(shop, words, new Content.Text(findings.masked()), findings.categories());
        }
        var found = new Found();
        var masked = content.withTexts(text -> found.add(words.look(text), text));
        return found.categories == 0 ? null : verdict(shop, words, masked, found.categories);
    }

    /// The text with all words masked that are to be masked or refused; the same text if there are none.
    public String mask(ShopId shop, String text) {
        return mask(shop, text, _ -> Set.of());
    }

    /// As [#mask(ShopId, String)], but for built-in words that the shop uses itself.
    ///
    /// @param own asked only if a word is in the text; gives what [#wordsIn] gave of the shop's own texts
    public String mask(ShopId shop, String text, Function<ShopId, Set<String>> own) {
        var words = of(shop);
        if (words.look(text) == null) {
            return text;
        }
        var findings = words.look(text, own.apply(shop));
        if (findings == null) {
            return text;
        }
        meters.found(shop, words, findings.categories());
        return findings.masked();
    }

    /// The built-in words in a text of a shop, in the form in which they are compared.
    public static Set<String> wordsIn(String text) {
        return WordList.BUILT_IN.look(text) == null ? Set.of() : Findings.builtInWords(text);
    }

    /// Whether a text touches what the shop leaves to people.
    public boolean handsOff(ShopId shop, String text) {
        var words = of(shop);
        var findings = words.look(text);
        return findings != null && words.handsOff(findings.categories());
    }

    /// Writes into the log what was found since the last time, by shop and category.
    @Scheduled(fixedDelayString = "${xiaoer.words.report-every:PT1M}")
    public void report() {
        meters.report();
    }

    private Verdict verdict(ShopId shop, WordList words, Content masked, int categories) {
        meters.found(shop, words, categories);
        return new Verdict(masked, words.flags(categories), words.refuses(categories));
    }

    private WordList of(ShopId shop) {
        return lists.getOrDefault(shop, builtIn);
    }

    /// What is in the texts of one content together.
    private static final class Found {
        private int categories;

        String add(@Nullable Findings findings, String text) {
            if (findings == null) {
                return text;
            }
            categories |= findings.categories();
            return findings.masked();
        }
    }
}
