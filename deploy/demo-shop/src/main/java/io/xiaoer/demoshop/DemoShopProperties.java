package io.xiaoer.demoshop;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Where the suite is and who this shop is to it.
///
/// @param shopId the shop
/// @param xiaoerUrl the gateway
/// @param identityUrl the issuer of the merchant's token
/// @param clientId the merchant's client
/// @param clientSecret its secret; it never leaves this process but to the issuer
/// @param publicUrl the address of this page as browsers know it
@ConfigurationProperties("demo-shop")
public record DemoShopProperties(
        String shopId, URI xiaoerUrl, URI identityUrl, String clientId, String clientSecret, URI publicUrl) {

    public DemoShopProperties {
        if (clientId.isBlank() || clientSecret.isBlank()) {
            throw new IllegalArgumentException("SHOP_CLIENT_ID and SHOP_CLIENT_SECRET must be set");
        }
    }

    @Override
    public String toString() {
        return "DemoShopProperties[shopId=" + shopId + ", xiaoerUrl=" + xiaoerUrl + ", clientId=" + clientId + "]";
    }
}
