package io.xiaoer.ordersync.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a shopper reads of a request.
class RequestKindTest {

    @ParameterizedTest
    @CsvSource({
        "URGE, 订单「W1」的催发货申请已处理 / Your request to send it soon: done",
        "INVOICE, 订单「W1」的开发票申请已处理 / Your request for an invoice: done",
        "PRICE_PROTECTION, 订单「W1」的价保申请已处理 / Your request for the difference to a lower price: done"
    })
    void isASentenceInBothLanguages(RequestKind kind, String sentence) {
        assertThat(kind.told("W1", "已处理", "done")).isEqualTo(sentence);
    }
}
