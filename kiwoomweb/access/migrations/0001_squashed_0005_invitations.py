import django.db.models.deletion
import django.db.models.functions.text
import kiwoomweb.access.codes
from django.conf import settings
from django.db import migrations, models

from kiwoomweb.creating import CreateModels


class Migration(migrations.Migration):

    replaces = [('access', '0001_initial'), ('access', '0002_audit_trail'), ('access', '0003_proofs'), ('access', '0004_rights'), ('access', '0005_invitations')]

    initial = True

    dependencies = [
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Account',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(default=kiwoomweb.access.codes.new_code, editable=False, max_length=10, unique=True)),
                    ('name', models.CharField(max_length=40, verbose_name='별명')),
                    ('environment', models.CharField(choices=[('live', '실전'), ('paper', '모의'), ('simulator', '연습')], max_length=10, verbose_name='구분')),
                    ('number', models.CharField(blank=True, max_length=10)),
                    ('connected_at', models.DateTimeField(blank=True, null=True)),
                    ('first_day', models.DateField(blank=True, null=True)),
                    ('trouble_kind', models.CharField(blank=True, max_length=40)),
                    ('trouble_sentence', models.CharField(blank=True, max_length=200)),
                    ('trouble_since', models.DateTimeField(blank=True, null=True)),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                ],
            ),
            migrations.CreateModel(
                name='AuditChain',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=40, unique=True)),
                    ('length', models.PositiveBigIntegerField(default=0)),
                    ('head', models.CharField(blank=True, max_length=64)),
                ],
            ),
            migrations.CreateModel(
                name='User',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('email', models.EmailField(max_length=254, unique=True, verbose_name='이메일')),
                    ('display_name', models.CharField(blank=True, max_length=40, verbose_name='이름')),
                    ('language', models.CharField(blank=True, max_length=5, verbose_name='언어')),
                    ('is_active', models.BooleanField(default=True)),
                    ('joined_at', models.DateTimeField(auto_now_add=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_once_in_any_case')],
                },
            ),
            migrations.CreateModel(
                name='Credential',
                fields=[
                    ('account', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='credential', serialize=False, to='access.account')),
                    ('app_key_seal', models.BinaryField()),
                    ('app_secret_seal', models.BinaryField()),
                    ('key_version', models.PositiveIntegerField(db_index=True)),
                    ('app_key_tail', models.CharField(max_length=4)),
                    ('made_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='Membership',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.PositiveSmallIntegerField(choices=[(10, '조회'), (15, '멘토'), (20, '매매'), (25, '승인'), (30, '관리'), (40, '소유')])),
                    ('masked', models.BooleanField(default=False)),
                    ('only_granted', models.BooleanField(default=False)),
                    ('until', models.DateTimeField(blank=True, null=True)),
                    ('since', models.DateTimeField(auto_now_add=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Team',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(default=kiwoomweb.access.codes.new_code, editable=False, max_length=10, unique=True)),
                    ('name', models.CharField(max_length=60)),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                    ('members', models.ManyToManyField(related_name='teams', through='access.Membership', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('email', models.EmailField(max_length=254)),
                    ('role', models.PositiveSmallIntegerField(choices=[(10, '조회'), (15, '멘토'), (20, '매매'), (25, '승인'), (30, '관리'), (40, '소유')])),
                    ('masked', models.BooleanField(default=False)),
                    ('only_granted', models.BooleanField(default=False)),
                    ('token_hash', models.CharField(max_length=64, unique=True)),
                    ('made_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                    ('mailed', models.BooleanField(default=False)),
                    ('accepted_at', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='access.team')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('role__in', [10, 15, 20, 25, 30, 40])), name='invitation_role_known')],
                },
            ),
            migrations.CreateModel(
                name='Handover',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('offered_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handovers', to='access.account')),
                    ('offered_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('to', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handovers', to=settings.AUTH_USER_MODEL)),
                    ('giver', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.team')),
                    ('taker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.team')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('account',), name='one_open_handover_an_account')],
                },
            ),
            migrations.CreateModel(
                name='AuditEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveBigIntegerField()),
                    ('at', models.DateTimeField()),
                    ('who', models.CharField(blank=True, max_length=254)),
                    ('action', models.CharField(max_length=60)),
                    ('about', models.CharField(blank=True, max_length=200)),
                    ('detail', models.TextField(default='{}')),
                    ('ip', models.CharField(blank=True, max_length=45)),
                    ('agent', models.CharField(blank=True, max_length=200)),
                    ('session', models.CharField(blank=True, max_length=32)),
                    ('key_version', models.PositiveIntegerField()),
                    ('seal', models.CharField(max_length=64)),
                    ('account', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.account')),
                    ('chain', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='access.auditchain')),
                    ('user', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('team', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.team')),
                ],
                options={
                    'indexes': [models.Index(fields=['team', '-id'], name='audit_by_team'), models.Index(fields=['account', 'user', 'action', '-id'], name='audit_by_account')],
                    'constraints': [models.UniqueConstraint(fields=('chain', 'number'), name='audit_number_once')],
                },
            ),
            migrations.CreateModel(
                name='BrokerReply',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('tr', models.CharField(max_length=10)),
                    ('request_hash', models.CharField(max_length=64)),
                    ('page', models.PositiveIntegerField()),
                    ('status', models.PositiveSmallIntegerField()),
                    ('content', models.BinaryField()),
                    ('sha256', models.CharField(max_length=64)),
                    ('received_at', models.DateTimeField()),
                    ('seen_at', models.DateTimeField()),
                    ('times', models.PositiveIntegerField(default=1)),
                    ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='access.account')),
                ],
                options={
                    'indexes': [models.Index(fields=['account', 'tr', '-received_at'], name='reply_by_account_and_tr'), models.Index(fields=['account', 'request_hash', 'page', '-id'], name='reply_by_question')],
                },
            ),
            migrations.CreateModel(
                name='Grant',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('masked', models.BooleanField(default=False)),
                    ('until', models.DateTimeField(blank=True, null=True)),
                    ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='access.account')),
                    ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='access.membership')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('membership', 'account'), name='one_grant_per_member_and_account'), models.CheckConstraint(condition=models.Q(('role__isnull', True), ('role__in', (0, 10, 15, 20, 25, 30)), _connector='OR'), name='grant_role_known')],
                },
            ),
            migrations.CreateModel(
                name='Proof',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('session_hash', models.CharField(max_length=64)),
                    ('method', models.CharField(choices=[('password', '비밀번호'), ('totp', '인증 앱'), ('passkey', '패스키'), ('recovery', '복구 코드')], max_length=10)),
                    ('at', models.DateTimeField()),
                    ('subject_hash', models.CharField(blank=True, max_length=64)),
                    ('assertion', models.JSONField(blank=True, null=True)),
                    ('spent_at', models.DateTimeField(blank=True, null=True)),
                    ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.account')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proofs', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['user', 'at'], name='proof_recent')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('method__in', ['password', 'totp', 'passkey', 'recovery'])), name='proof_method_known')],
                },
            ),
        ]),
        migrations.AddField(
            model_name='membership',
            name='team',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='access.team'),
        ),
        migrations.AddField(
            model_name='account',
            name='team',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='access.team'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('team', 'user'), name='one_membership_per_person_and_team'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', [10, 15, 20, 25, 30, 40])), name='membership_role_known'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role', 40), _negated=True), models.Q(('masked', False), ('only_granted', False), ('until__isnull', True)), _connector='OR'), name='an_owner_sees_everything'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('environment__in', ['live', 'paper', 'simulator'])), name='account_environment_known'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('team', 'environment', 'number'), name='account_once_per_team'),
        ),
    ]
