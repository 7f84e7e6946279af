package io.xiaoer.bot.faq;

import io.xiaoer.bot.words.OwnWords;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.words.ShopWords;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Component;

/// The sensitive words in the questions of a shop's FAQ. Its answers are looked over like all that the bot says. Read
/// through when a word is found in an answer, once for each revision; one entry a shop of which that was so.
@Component
final class FaqWords implements OwnWords {

    private final FaqCopies copies;
    private final ConcurrentMap<ShopId, Asked> known = new ConcurrentHashMap<>();

    FaqWords(FaqCopies copies) {
        this.copies = copies;
    }

    private record Asked(long revision, Set<String> words) {}

    @Override
    public Set<String> of(ShopId shop) {
        try {
            var copy = copies.of(shop);
            var asked = known.get(shop);
            if (asked == null || asked.revision() != copy.revision()) {
                asked = new Asked(copy.revision(), wordsIn(copy));
                known.put(shop, asked);
            }
            return asked.words();
        } catch (FaqCopies.Unavailable e) {
            return Set.of();
        }
    }

    private static Set<String> wordsIn(FaqCopy copy) {
        var words = new HashSet<String>();
        for (FaqEntry entry : copy.entries()) {
            words.addAll(ShopWords.wordsIn(entry.question()));
            entry.similar().forEach(similar -> words.addAll(ShopWords.wordsIn(similar)));
        }
        return Set.copyOf(words);
    }
}
