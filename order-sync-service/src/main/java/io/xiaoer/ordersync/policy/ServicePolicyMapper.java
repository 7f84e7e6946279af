package io.xiaoer.ordersync.policy;

import io.xiaoer.common.id.ShopId;
import java.time.Instant;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/// The table `service_policy`.
@Mapper
interface ServicePolicyMapper {

    /// A row.
    ///
    /// @param compensations template by cause, as JSON
    record Row(
            ShopId shopId,
            int returnDays,
            int exchangeDays,
            int priceProtectionDays,
            String compensations,
            Instant updatedAt) {}

    @Select("""
            SELECT shop_id, return_days, exchange_days, price_protection_days, compensations, updated_at
            FROM service_policy WHERE shop_id = #{shop}""")
    @Nullable
    Row find(@Param("shop") ShopId shop);

    @Insert("""
            INSERT INTO service_policy (shop_id, return_days, exchange_days, price_protection_days, compensations,
                                        updated_at)
            VALUES (#{shopId}, #{returnDays}, #{exchangeDays}, #{priceProtectionDays}, #{compensations}, #{updatedAt})
            ON DUPLICATE KEY UPDATE return_days = VALUES(return_days), exchange_days = VALUES(exchange_days),
                                    price_protection_days = VALUES(price_protection_days),
                                    compensations = VALUES(compensations), updated_at = VALUES(updated_at)""")
    void put(Row row);
}
