package io.xiaoer.common.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.tenant.TenantVerdict.Bound;
import io.xiaoer.common.tenant.TenantVerdict.Refused;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The fail-closed reading of statements, on their texts alone.
class TenantStatementsTest {

    private final TenantStatements statements =
            new TenantStatements(new TenantTables(Set.of("orders", "shipment", "after_sale"), Set.of("relay_lease")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM orders WHERE shop_id = ?",
                "SELECT o.* FROM orders o WHERE o.shop_id = ? AND o.id = ? ORDER BY o.id DESC LIMIT ?",
                "SELECT * FROM orders WHERE (shop_id = ?) AND (status = ? OR status = ?)",
                "SELECT * FROM orders WHERE shop_id = ? AND id IN (?, ?) AND (status = ? OR user_id IN (?)) AND id > ?",
                "SELECT * FROM `orders` WHERE `orders`.`shop_id` = ? FOR UPDATE",
                "SELECT CASE WHEN status = ? THEN 1 ELSE 0 END FROM orders WHERE shop_id = ? AND id BETWEEN ? AND ?",
                "SELECT user_id, COUNT(*) FROM orders WHERE shop_id = ? GROUP BY user_id HAVING COUNT(*) > ?",
                "SELECT * FROM orders o JOIN shipment s ON s.shop_id = ? AND s.order_id = o.id WHERE o.shop_id = ?",
                "SELECT * FROM orders o LEFT JOIN shipment s ON s.shop_id = ? AND s.order_id = o.id WHERE o.shop_id = ?",
                "SELECT * FROM orders o, shipment s WHERE o.shop_id = ? AND s.shop_id = ? AND s.order_id = o.id",
                "SELECT * FROM orders WHERE shop_id = ? AND id IN (SELECT order_id FROM shipment WHERE shop_id = ?)",
                "SELECT * FROM orders o WHERE o.shop_id = ? AND EXISTS (SELECT 1 FROM shipment WHERE shop_id = ?)",
                "SELECT id FROM orders WHERE shop_id = ? UNION ALL SELECT id FROM after_sale WHERE shop_id = ?",
                "SELECT * FROM (SELECT id FROM orders WHERE shop_id = ?) mine",
                "WITH mine AS (SELECT id FROM orders WHERE shop_id = ?) SELECT * FROM mine",
                "WITH a AS (SELECT id FROM orders WHERE shop_id = ?), b AS (SELECT * FROM a) SELECT * FROM b, a",
                "UPDATE orders SET status = ? WHERE shop_id = ? AND id = ?",
                "DELETE FROM orders WHERE shop_id = ? AND id = ?",
                "INSERT INTO orders (shop_id, id) VALUES (?, ?)",
                "INSERT INTO orders (id, shop_id) VALUES (?, ?), (?, ?)",
                "INSERT IGNORE INTO orders (shop_id, id) VALUES (?, ?)",
                "INSERT INTO orders (shop_id, id, status) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE status = VALUES(status)",
                "INSERT INTO after_sale (shop_id, id) SELECT ?, id FROM orders WHERE shop_id = ?",
                "SELECT * FROM relay_lease WHERE name = ?",
                "UPDATE relay_lease SET holder = ?",
                "SELECT 1"
            })
    void aStatementThatBindsEachOfItsTablesPasses(String sql) {
        assertThat(statements.judge(sql)).isInstanceOf(Bound.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM orders",
                "SELECT * FROM orders WHERE id = ?",
                "SELECT * FROM orders WHERE shop_id = '1001'",
                "SELECT * FROM orders WHERE shop_id = ? OR id = ?",
                "SELECT * FROM orders WHERE (shop_id = ? OR TRUE) AND id = ?",
                "SELECT * FROM orders WHERE shop_id = ? AND id IN (?, ?) OR 1 = 1",
                "SELECT * FROM orders WHERE shop_id = ? AND id NOT IN (?) OR 1 = 1",
                "SELECT * FROM orders WHERE shop_id = ? AND id BETWEEN ? AND ? OR 1 = 1",
                "SELECT * FROM orders WHERE shop_id = ? AND id LIKE ? OR 1 = 1",
                "SELECT * FROM orders WHERE shop_id = ? AND id IN (?) XOR 1 = 1",
                "SELECT * FROM orders WHERE shop_id = ? AND id IN (SELECT order_id FROM shipment WHERE shop_id = ?) OR 1 = 1",
                "UPDATE orders SET status = ? WHERE shop_id = ? AND id IN (?) OR id IS NULL",
                "DELETE FROM orders WHERE shop_id = ? AND id IN (?) OR id IS NULL",
                "SELECT * FROM orders WHERE NOT shop_id = ?",
                "SELECT * FROM orders WHERE shop_id <> ?",
                "SELECT * FROM orders WHERE shop_id >= ?",
                "SELECT * FROM orders WHERE shop_id LIKE ?",
                "SELECT * FROM orders WHERE shop_id IN (?, ?)",
                "SELECT * FROM orders WHERE shop_id BETWEEN ? AND ?",
                "SELECT * FROM orders WHERE LOWER(shop_id) = ?",
                "SELECT * FROM orders WHERE user_id = ? AND (CASE WHEN shop_id = ? THEN 1 ELSE 1 END) = 1",
                "SELECT * FROM orders WHERE shop_id = (SELECT shop_id FROM shipment WHERE shop_id = ? LIMIT 1)",
                "SELECT id FROM orders GROUP BY id HAVING shop_id = ?",
                "SELECT * FROM orders o JOIN shipment s ON s.order_id = o.id WHERE o.shop_id = ?",
                "SELECT * FROM orders o JOIN shipment s ON s.shop_id = o.shop_id WHERE o.shop_id = ?",
                "SELECT * FROM orders o LEFT JOIN shipment s ON s.shop_id = ? AND o.shop_id = ?",
                "SELECT * FROM orders o RIGHT JOIN shipment s ON s.shop_id = ? AND o.shop_id = ?",
                "SELECT * FROM orders o NATURAL JOIN shipment s WHERE o.shop_id = ? AND s.shop_id = ?",
                "SELECT * FROM orders o JOIN shipment s ON s.order_id = o.id WHERE shop_id = ?",
                "SELECT * FROM orders o WHERE s.shop_id = ?",
                "SELECT * FROM orders WHERE shop_id = ? AND id IN (SELECT order_id FROM shipment)",
                "SELECT (SELECT COUNT(*) FROM shipment) FROM orders WHERE shop_id = ?",
                "SELECT CASE WHEN EXISTS (SELECT 1 FROM shipment) THEN 1 ELSE 0 END FROM orders WHERE shop_id = ?",
                "SELECT * FROM orders WHERE shop_id = ? AND id BETWEEN (SELECT MIN(id) FROM shipment) AND ?",
                "SELECT id FROM orders WHERE shop_id = ? GROUP BY id HAVING id > (SELECT MAX(id) FROM shipment)",
                "SELECT id FROM orders WHERE shop_id = ? ORDER BY (SELECT MAX(id) FROM shipment)",
                "SELECT id FROM orders WHERE shop_id = ? UNION SELECT id FROM after_sale",
                "SELECT * FROM (SELECT id FROM orders) mine",
                "SELECT * FROM (orders) WHERE shop_id = ?",
                "WITH mine AS (SELECT id FROM orders) SELECT * FROM mine",
                "WITH orders AS (SELECT id FROM shipment WHERE shop_id = ?) SELECT * FROM orders",
                "WITH undeclared AS (SELECT * FROM undeclared) SELECT * FROM undeclared",
                "WITH RECURSIVE undeclared AS (SELECT * FROM undeclared) SELECT * FROM undeclared",
                "WITH a AS (SELECT * FROM undeclared), undeclared AS (SELECT id FROM orders WHERE shop_id = ?) SELECT * FROM a",
                "SELECT * FROM (WITH undeclared AS (SELECT 1) SELECT * FROM undeclared) a, undeclared",
                "SELECT * FROM other.orders WHERE shop_id = ?",
                "SELECT * FROM undeclared",
                "UPDATE orders SET status = ?",
                "UPDATE orders SET status = ? WHERE id = ?",
                "UPDATE orders SET shop_id = ? WHERE shop_id = ?",
                "UPDATE orders o JOIN shipment s ON s.shop_id = ? SET o.status = ? WHERE o.shop_id = ?",
                "UPDATE orders SET status = (SELECT MAX(status) FROM shipment) WHERE shop_id = ?",
                "DELETE FROM orders",
                "DELETE FROM orders WHERE id = ?",
                "DELETE o FROM orders o JOIN shipment s ON s.shop_id = ? WHERE o.shop_id = ?",
                "INSERT INTO orders VALUES (?, ?)",
                "INSERT INTO orders (id) VALUES (?)",
                "INSERT INTO orders (shop_id, id) VALUES ('1001', ?)",
                "INSERT INTO orders (shop_id, id) VALUES (?, ?), ('1002', ?)",
                "INSERT INTO orders (shop_id, id) VALUES (?, (SELECT MAX(id) FROM shipment))",
                "INSERT INTO orders (shop_id, id) VALUES (?, ?) ON DUPLICATE KEY UPDATE shop_id = ?",
                "INSERT INTO after_sale (shop_id, id) SELECT shop_id, id FROM orders WHERE shop_id = ?",
                "INSERT INTO after_sale (shop_id, id) SELECT ?, id FROM orders",
                "REPLACE INTO orders (shop_id, id) VALUES (?, ?)",
                "TRUNCATE TABLE orders",
                "DROP TABLE orders",
                "SELECT * FROM orders WHERE shop_id = ? AND id = ? || 1 = 1",
                "SELECT * FROM orders WHERE \"shop_id\" = ?",
                "SELECT * FROM orders /*! , shipment */ WHERE shop_id = ?",
                "SELECT * FROM orders WHERE shop_id = ? -- and no more",
                "SELECT * FROM orders WHERE shop_id = ?; DELETE FROM orders",
                "SELEC * FROM orders WHERE shop_id = ?",
                ""
            })
    void aStatementThatLeavesOneTableOpenIsRefused(String sql) {
        assertThat(statements.judge(sql)).isInstanceOf(Refused.class);
    }

    @Test
    void theBindingParametersAreFoundByTheirPlaceInTheText() {
        var sql = "SELECT CASE WHEN a.status = ? THEN ? END FROM orders a JOIN shipment s ON s.id = ? AND s.shop_id = ?"
                + " WHERE a.shop_id = ? AND a.status IN (?, ?) LIMIT ?";
        assertThat(statements.judge(sql)).isEqualTo(new Bound(Set.of(3, 4), 8));
    }

    @Test
    void eachInsertedRowIsBoundByItsOwnParameter() {
        assertThat(statements.judge("INSERT INTO orders (id, shop_id) VALUES (?, ?), (?, ?)"))
                .isEqualTo(new Bound(Set.of(1, 3), 4));
    }

    @Test
    void aVerdictIsKeptByTheText() {
        var sql = "SELECT * FROM orders WHERE shop_id = ?";
        assertThat(statements.judge(sql)).isSameAs(statements.judge(sql));
    }
}
