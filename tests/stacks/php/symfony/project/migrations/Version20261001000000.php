<?php

namespace DoctrineMigrations;

final class Version20261001000000
{
}
