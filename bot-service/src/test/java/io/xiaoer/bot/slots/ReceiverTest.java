package io.xiaoer.bot.slots;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whom an address names beside it is no part of the address.
class ReceiverTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            上海市浦东新区世纪大道100号 13812345678              | 上海市浦东新区世纪大道100号           | 13812345678
            上海市浦东新区世纪大道100号，电话：138-1234-5678     | 上海市浦东新区世纪大道100号           | 13812345678
            上海市浦东新区世纪大道100号电话13812345678           | 上海市浦东新区世纪大道100号           | 13812345678
            13812345678，上海市浦东新区世纪大道100号             | 上海市浦东新区世纪大道100号           | 13812345678
            45 Elm Rd, Springfield, IL 62704. my phone is 13812345678 | 45 Elm Rd, Springfield, IL 62704 | 13812345678
            文三路9号 电话0571-88886666                          | 文三路9号                             | 057188886666
            12 High Street, Flat 3, London, phone +44 20 7946 0018 | 12 High Street, Flat 3, London      | +442079460018
            """)
    void thePhone(String text, String address, String phone) {
        assertThat(Receiver.in(text)).isEqualTo(new Receiver(address, phone, null));
    }

    @Test
    void aPastedOne() {
        assertThat(Receiver.in("收货人: 王小明\n手机号码: 13812345678\n所在地区: 浙江省杭州市西湖区\n详细地址: 文三路9号3幢502"))
                .isEqualTo(new Receiver("浙江省杭州市西湖区文三路9号3幢502", "13812345678", "王小明"));
        assertThat(Receiver.in("Name: John Smith\nAddress: 12 High Street\nLondon\nPhone: +442079460018"))
                .isEqualTo(new Receiver("12 High Street, London", "+442079460018", "John Smith"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "上海市浦东新区世纪大道100号",
                "77 Sunset Boulevard, Apt 4, Los Angeles 90028-1234",
                "上海市浦东新区世纪大道100号 13812345678 13900001111",
                "江苏省南京市鼓楼区中山北路 10001 号 3 栋 502 室",
                "名字路 12 号",
                "上海市浦东新区世纪大道100号 138123456789"
            })
    void whatNamesNobodyStaysAsItIs(String text) {
        assertThat(Receiver.in(text)).isEqualTo(new Receiver(text, null, null));
    }

    @Test
    void aPhoneAloneLeavesNoAddress() {
        assertThat(Receiver.in("13812345678").address()).isEmpty();
    }
}
