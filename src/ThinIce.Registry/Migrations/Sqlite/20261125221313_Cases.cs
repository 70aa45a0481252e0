using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ThinIce.Registry.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Cases : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "case_id",
                table: "messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AlterColumn<Guid>(
                name: "client_id",
                table: "complaints",
                type: "TEXT",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "TEXT");

            migrationBuilder.AddColumn<byte[]>(
                name: "contact",
                table: "complaints",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "cases_a_day",
                table: "clinics",
                type: "REAL",
                nullable: false,
                defaultValue: 0.0);

            migrationBuilder.AddColumn<bool>(
                name: "no_reports",
                table: "clinics",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "case_pairs",
                columns: table => new
                {
                    one_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    other_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    decision = table.Column<string>(type: "TEXT", nullable: false),
                    decided_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    score = table.Column<double>(type: "REAL", nullable: true),
                    comparison = table.Column<string>(type: "TEXT", nullable: false),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_pairs", x => new { x.one_id, x.other_id });
                });

            migrationBuilder.CreateTable(
                name: "cases",
                columns: table => new
                {
                    case_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    reporter = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    state_before = table.Column<string>(type: "TEXT", nullable: true),
                    received_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    closed_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    receipt_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    receipt_hash = table.Column<byte[]>(type: "BLOB", nullable: true),
                    words = table.Column<byte[]>(type: "BLOB", nullable: true),
                    contact = table.Column<byte[]>(type: "BLOB", nullable: true),
                    reason = table.Column<byte[]>(type: "BLOB", nullable: true),
                    written_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    is_about_several = table.Column<bool>(type: "INTEGER", nullable: false),
                    age_years = table.Column<double>(type: "REAL", nullable: true),
                    age_group = table.Column<string>(type: "TEXT", nullable: true),
                    sex = table.Column<string>(type: "TEXT", nullable: true),
                    massage_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    massage_precision = table.Column<string>(type: "TEXT", nullable: true),
                    event_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    event_precision = table.Column<string>(type: "TEXT", nullable: true),
                    country = table.Column<string>(type: "TEXT", nullable: true),
                    harms = table.Column<string>(type: "TEXT", nullable: false),
                    symptoms = table.Column<string>(type: "TEXT", nullable: false),
                    regions = table.Column<string>(type: "TEXT", nullable: false),
                    techniques = table.Column<string>(type: "TEXT", nullable: false),
                    devices = table.Column<string>(type: "TEXT", nullable: false),
                    provider = table.Column<string>(type: "TEXT", nullable: true),
                    pressure = table.Column<string>(type: "TEXT", nullable: true),
                    minutes = table.Column<double>(type: "REAL", nullable: true),
                    massages_before = table.Column<int>(type: "INTEGER", nullable: true),
                    cross_reference = table.Column<string>(type: "TEXT", nullable: true),
                    patient_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    session_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    alert_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    import_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    urgency = table.Column<string>(type: "TEXT", nullable: false),
                    @class = table.Column<string>(name: "class", type: "TEXT", nullable: false),
                    completeness = table.Column<double>(type: "REAL", nullable: false),
                    expected = table.Column<string>(type: "TEXT", nullable: true),
                    knowledge = table.Column<string>(type: "TEXT", nullable: false),
                    due_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    escalates_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    level = table.Column<int>(type: "INTEGER", nullable: false),
                    assignee_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    draft = table.Column<byte[]>(type: "BLOB", nullable: true),
                    answer = table.Column<byte[]>(type: "BLOB", nullable: true),
                    released_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    released_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    merged_into = table.Column<Guid>(type: "TEXT", nullable: true),
                    report = table.Column<byte[]>(type: "BLOB", nullable: true),
                    cleared = table.Column<string>(type: "TEXT", nullable: false),
                    redacted = table.Column<string>(type: "TEXT", nullable: true),
                    redacted_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    erased_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_cases", x => x.case_id);
                });

            migrationBuilder.CreateTable(
                name: "case_assessments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    event_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    rater_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    method = table.Column<string>(type: "TEXT", nullable: false),
                    category = table.Column<string>(type: "TEXT", nullable: false),
                    answers = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<byte[]>(type: "BLOB", nullable: true),
                    is_consensus = table.Column<bool>(type: "INTEGER", nullable: false),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    case_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_assessments", x => x.id);
                    table.ForeignKey(
                        name: "FK_case_assessments_cases_case_id",
                        column: x => x.case_id,
                        principalTable: "cases",
                        principalColumn: "case_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "case_codes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    spans = table.Column<string>(type: "TEXT", nullable: false),
                    is_suggested = table.Column<bool>(type: "INTEGER", nullable: false),
                    decision = table.Column<string>(type: "TEXT", nullable: false),
                    decided_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    knowledge = table.Column<string>(type: "TEXT", nullable: false),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    case_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_codes", x => x.id);
                    table.ForeignKey(
                        name: "FK_case_codes_cases_case_id",
                        column: x => x.case_id,
                        principalTable: "cases",
                        principalColumn: "case_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "case_conflicts",
                columns: table => new
                {
                    case_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    staff_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_conflicts", x => new { x.case_id, x.staff_id });
                    table.ForeignKey(
                        name: "FK_case_conflicts_cases_case_id",
                        column: x => x.case_id,
                        principalTable: "cases",
                        principalColumn: "case_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "case_events",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    order = table.Column<int>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: true),
                    facts = table.Column<string>(type: "TEXT", nullable: false),
                    is_dropped = table.Column<bool>(type: "INTEGER", nullable: false),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    case_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_events", x => x.id);
                    table.ForeignKey(
                        name: "FK_case_events_cases_case_id",
                        column: x => x.case_id,
                        principalTable: "cases",
                        principalColumn: "case_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "case_notes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    by = table.Column<Guid>(type: "TEXT", nullable: true),
                    words = table.Column<byte[]>(type: "BLOB", nullable: true),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    case_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_notes", x => x.id);
                    table.ForeignKey(
                        name: "FK_case_notes_cases_case_id",
                        column: x => x.case_id,
                        principalTable: "cases",
                        principalColumn: "case_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_messages_case_id",
                table: "messages",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "IX_case_assessments_case_id",
                table: "case_assessments",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "IX_case_assessments_clinic_id",
                table: "case_assessments",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_case_codes_case_id",
                table: "case_codes",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "IX_case_codes_clinic_id",
                table: "case_codes",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_case_conflicts_case_id",
                table: "case_conflicts",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "IX_case_conflicts_clinic_id",
                table: "case_conflicts",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_case_events_case_id",
                table: "case_events",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "IX_case_events_clinic_id",
                table: "case_events",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_case_notes_case_id",
                table: "case_notes",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "IX_case_notes_clinic_id",
                table: "case_notes",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_case_pairs_clinic_id",
                table: "case_pairs",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_cases_clinic_id",
                table: "cases",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_cases_clinic_id_cross_reference",
                table: "cases",
                columns: new[] { "clinic_id", "cross_reference" });

            migrationBuilder.CreateIndex(
                name: "IX_cases_clinic_id_number",
                table: "cases",
                columns: new[] { "clinic_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_cases_clinic_id_state",
                table: "cases",
                columns: new[] { "clinic_id", "state" });

            migrationBuilder.CreateIndex(
                name: "IX_cases_patient_id",
                table: "cases",
                column: "patient_id");

            migrationBuilder.CreateIndex(
                name: "IX_cases_receipt_hash",
                table: "cases",
                column: "receipt_hash",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "case_assessments");

            migrationBuilder.DropTable(
                name: "case_codes");

            migrationBuilder.DropTable(
                name: "case_conflicts");

            migrationBuilder.DropTable(
                name: "case_events");

            migrationBuilder.DropTable(
                name: "case_notes");

            migrationBuilder.DropTable(
                name: "case_pairs");

            migrationBuilder.DropTable(
                name: "cases");

            migrationBuilder.DropIndex(
                name: "IX_messages_case_id",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "case_id",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "contact",
                table: "complaints");

            migrationBuilder.DropColumn(
                name: "cases_a_day",
                table: "clinics");

            migrationBuilder.DropColumn(
                name: "no_reports",
                table: "clinics");

            migrationBuilder.AlterColumn<Guid>(
                name: "client_id",
                table: "complaints",
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "TEXT",
                oldNullable: true);
        }
    }
}
