package io.xiaoer.bot.eval;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.bot.faq.FaqEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The FAQ of the demo shop that the own questions are put to.
final class DemoFaq {

    private DemoFaq() {}

    private record Line(String id, String question, List<String> similar, String answer, String locale) {}

    static List<FaqEntry> entries() {
        var entries = new ArrayList<FaqEntry>();
        Sets.text("/demo/1001/faqs.ndjson").lines().forEach(text -> {
            var line = JSON.parseObject(text, Line.class);
            entries.add(new FaqEntry(
                    line.id(),
                    entries.size() + 1,
                    line.question(),
                    line.similar(),
                    line.answer(),
                    line.locale(),
                    Instant.EPOCH,
                    Instant.EPOCH));
        });
        return entries;
    }
}
