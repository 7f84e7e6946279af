package io.xiaoer.ordersync.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When two numbers are one.
class PhoneTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            13812345678         | 13812345678
            138-1234-5678       | 13812345678
            +86 138 1234 5678   | 13812345678
            008613812345678     | 13812345678
            １３８１２３４５６７８      | 13812345678
            0571-87654321       | 057187654321
            +1 (415) 555-0100   | 14155550100
            13812345678-4711    | 138123456784711
            8612345678901       | 8612345678901
            """)
    void digitsAloneCount(String told, String digits) {
        assertThat(Phone.of(told)).contains(new Phone(digits));
    }

    @Test
    void whatHasTooFewDigitsIsFoundByNothing() {
        assertThat(Phone.of("ask him")).isEmpty();
        assertThat(Phone.of("1234")).isEmpty();
        assertThatThrownBy(() -> Phone.lookedFor("phone", "1234"))
                .isInstanceOf(BrokenRule.class)
                .hasMessage("phone must have 5 digits or more");
    }

    @Test
    void aNumberPrintsRedacted() {
        assertThat(Phone.of("13812345678").toString()).doesNotContain("138");
    }
}
