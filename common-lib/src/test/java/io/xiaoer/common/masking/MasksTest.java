package io.xiaoer.common.masking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MasksTest {

    @Test
    void aPhoneKeepsItsEnds() {
        assertThat(Masks.phone("13812345678")).isEqualTo("138****5678");
        assertThat(Masks.phone("+8613812345678")).startsWith("+86138").endsWith("****5678");
        assertThat(Masks.phone("12345")).isEqualTo("****");
    }

    @Test
    void anAddressKeepsItsCity() {
        assertThat(Masks.address("浙江省杭州市西湖区文三路 1 号")).isEqualTo("浙江省杭州市****");
        assertThat(Masks.address("")).isEqualTo("****");
        assertThat(Masks.address("路1号")).isEqualTo("路****");
    }

    @Test
    void aNameKeepsItsFirstCharacter() {
        assertThat(Masks.name("李")).isEqualTo("李*");
        assertThat(Masks.name("李小龙")).isEqualTo("李**");
        assertThat(Masks.name("")).isEmpty();
    }
}
