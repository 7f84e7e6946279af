package io.xiaoer.bot.understand;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// What understanding may take.
///
/// @param questions distinct questions whose vectors are remembered, a kilobyte and a half each at most
/// @param meanings what questions meant lately
/// @param memory for the vectors of all shops; the shops that were asked longest ago make way
@ConfigurationProperties("xiaoer.bot.understand")
record UnderstandingSettings(
        @DefaultValue("16384") int questions,
        @DefaultValue("4096") int meanings,
        @DefaultValue("64MB") DataSize memory) {

    UnderstandingSettings {
        positive("questions", questions);
        positive("meanings", meanings);
        positive("memory", memory.toBytes());
    }

    private static void positive(String field, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("xiaoer.bot.understand." + field + " must be above 0, is " + value);
        }
    }
}
